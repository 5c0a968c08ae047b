CREATE TABLE `backtests` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`title` text NOT NULL,
	`state` text NOT NULL,
	`detail` text NOT NULL,
	`created_ms` integer NOT NULL,
	`request` text NOT NULL,
	`summary` text,
	`result` blob
);
--> statement-breakpoint
CREATE INDEX `backtests_owner` ON `backtests` (`owner_id`,`created_ms`);--> statement-breakpoint
CREATE TABLE `signals` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`strategy_id` text NOT NULL,
	`exchange` text NOT NULL,
	`symbol` text NOT NULL,
	`timeframe` text NOT NULL,
	`open_time_ms` integer NOT NULL,
	`action` text NOT NULL,
	`price` real NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`strategy_id`) REFERENCES `strategies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `signals_once` ON `signals` (`strategy_id`,`exchange`,`symbol`,`timeframe`,`open_time_ms`,`action`);--> statement-breakpoint
CREATE TABLE `strategies` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`name` text NOT NULL,
	`document` text NOT NULL,
	`version` integer NOT NULL,
	`created_ms` integer NOT NULL,
	`updated_ms` integer NOT NULL,
	`running` text,
	`fault` text
);
--> statement-breakpoint
CREATE INDEX `strategies_owner` ON `strategies` (`owner_id`,`created_ms`);--> statement-breakpoint
CREATE TABLE `strategy_versions` (
	`strategy_id` text NOT NULL,
	`version` integer NOT NULL,
	`document` text NOT NULL,
	`saved_ms` integer NOT NULL,
	PRIMARY KEY(`strategy_id`, `version`),
	FOREIGN KEY (`strategy_id`) REFERENCES `strategies`(`id`) ON UPDATE no action ON DELETE cascade
);
