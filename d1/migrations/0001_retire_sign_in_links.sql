DROP TABLE `sessions`;--> statement-breakpoint
DROP TABLE `sign_in_links`;