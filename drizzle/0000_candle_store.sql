CREATE TABLE `chunks` (
	`id` integer PRIMARY KEY NOT NULL,
	`series_id` integer NOT NULL,
	`window` integer NOT NULL,
	`from_ms` integer NOT NULL,
	`to_ms` integer NOT NULL,
	`candles` integer NOT NULL,
	`digest` blob NOT NULL,
	`times` blob NOT NULL,
	`block` blob NOT NULL,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `chunks_window` ON `chunks` (`series_id`,`window`);--> statement-breakpoint
CREATE TABLE `corrections` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`series_id` integer NOT NULL,
	`open_time_ms` integer NOT NULL,
	`seen_at_ms` integer NOT NULL,
	`origin` text NOT NULL,
	`previous_open` real NOT NULL,
	`previous_high` real NOT NULL,
	`previous_low` real NOT NULL,
	`previous_close` real NOT NULL,
	`previous_volume` real NOT NULL,
	`open` real NOT NULL,
	`high` real NOT NULL,
	`low` real NOT NULL,
	`close` real NOT NULL,
	`volume` real NOT NULL,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `corrections_series` ON `corrections` (`series_id`,`id`);--> statement-breakpoint
CREATE TABLE `series` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`exchange` text NOT NULL,
	`symbol` text NOT NULL,
	`timeframe` text NOT NULL,
	`candles` integer NOT NULL,
	`tail_candles` integer NOT NULL,
	`from_ms` integer,
	`to_ms` integer,
	`chunked_to_ms` integer,
	`corrections` integer NOT NULL,
	`revision` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `series_key` ON `series` (`exchange`,`symbol`,`timeframe`);--> statement-breakpoint
CREATE TABLE `source_gaps` (
	`series_id` integer NOT NULL,
	`from_ms` integer NOT NULL,
	`to_ms` integer NOT NULL,
	PRIMARY KEY(`series_id`, `from_ms`),
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tail_candles` (
	`series_id` integer NOT NULL,
	`open_time_ms` integer NOT NULL,
	`open` real NOT NULL,
	`high` real NOT NULL,
	`low` real NOT NULL,
	`close` real NOT NULL,
	`volume` real NOT NULL,
	PRIMARY KEY(`series_id`, `open_time_ms`),
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
