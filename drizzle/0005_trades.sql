CREATE TABLE `trade_chunks` (
	`id` integer PRIMARY KEY NOT NULL,
	`series_id` integer NOT NULL,
	`window` integer NOT NULL,
	`from_ms` integer NOT NULL,
	`to_ms` integer NOT NULL,
	`trades` integer NOT NULL,
	`digest` blob NOT NULL,
	`times` blob NOT NULL,
	`ids` blob NOT NULL,
	`block` blob NOT NULL,
	FOREIGN KEY (`series_id`) REFERENCES `trade_series`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `trade_chunks_window` ON `trade_chunks` (`series_id`,`window`);--> statement-breakpoint
CREATE TABLE `trade_ranges` (
	`series_id` integer NOT NULL,
	`from_ms` integer NOT NULL,
	`to_ms` integer NOT NULL,
	PRIMARY KEY(`series_id`, `from_ms`),
	FOREIGN KEY (`series_id`) REFERENCES `trade_series`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `trade_series` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`exchange` text NOT NULL,
	`symbol` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `trade_series_key` ON `trade_series` (`exchange`,`symbol`);