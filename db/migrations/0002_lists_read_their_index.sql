DROP INDEX "channel_news_at";--> statement-breakpoint
DROP INDEX "message_page";--> statement-breakpoint
DROP INDEX "dead_letter_open";--> statement-breakpoint
DROP INDEX "dead_letter_list";--> statement-breakpoint
DROP INDEX "trace_time";--> statement-breakpoint
DROP INDEX "trace_trouble";--> statement-breakpoint
CREATE INDEX "channel_news_at" ON "channel_news" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "message_page" ON "message" USING btree ("chat_id","at","id");--> statement-breakpoint
CREATE INDEX "dead_letter_open" ON "dead_letter" USING btree ("account_id","id") WHERE "dead_letter"."settled_at" is null;--> statement-breakpoint
CREATE INDEX "dead_letter_list" ON "dead_letter" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "trace_time" ON "trace" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "trace_trouble" ON "trace" USING btree ("account_id","id") WHERE "trace"."level" <> 'info';