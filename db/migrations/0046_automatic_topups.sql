ALTER TABLE "balance_choice" ADD COLUMN "automatic_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "topup" ADD COLUMN "method_ref" text;--> statement-breakpoint
ALTER TABLE "posting" ADD COLUMN "balance_after" bigint;--> statement-breakpoint
CREATE INDEX "posting_messages" ON "posting" USING btree ("account_id","at") WHERE "posting"."reason" = 'message' and "posting"."phase" in ('posted', 'capture');--> statement-breakpoint
CREATE INDEX "posting_others" ON "posting" USING btree ("account_id","seq") WHERE "posting"."reason" <> 'message' and "posting"."phase" in ('posted', 'capture');--> statement-breakpoint
ALTER TABLE "balance_choice" ADD CONSTRAINT "balance_choice_stopped" CHECK ("balance_choice"."stopped_for" in ('declined', 'authentication_required', 'disputed'));