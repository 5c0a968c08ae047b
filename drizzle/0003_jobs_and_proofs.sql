CREATE TABLE `strategy_proofs` (
	`strategy_id` text NOT NULL,
	`version` integer NOT NULL,
	`job_id` text NOT NULL,
	`state` text NOT NULL,
	`detail` text NOT NULL,
	`data` text,
	`checks` text,
	`updated_ms` integer NOT NULL,
	PRIMARY KEY(`strategy_id`, `version`),
	FOREIGN KEY (`strategy_id`) REFERENCES `strategies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`progress_ratio` real NOT NULL,
	`detail` text NOT NULL,
	`created_ms` integer NOT NULL,
	`updated_ms` integer NOT NULL,
	`request` text
);
--> statement-breakpoint
CREATE INDEX `jobs_created` ON `jobs` (`created_ms`);