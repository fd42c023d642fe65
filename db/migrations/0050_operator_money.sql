CREATE TABLE "operator_act" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "operator_act_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" uuid NOT NULL,
	"person_name" text NOT NULL,
	"action" text NOT NULL,
	"customer_id" uuid,
	"subject" text,
	"reason" text,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "operator_act_seq_unique" UNIQUE("seq")
);
--> statement-breakpoint
ALTER TABLE "posting" DROP CONSTRAINT "posting_reason";--> statement-breakpoint
ALTER TABLE "dispute" ADD COLUMN "released_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "payment" ADD COLUMN "settled_as" text;--> statement-breakpoint
ALTER TABLE "refund" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "operator_act" ADD CONSTRAINT "operator_act_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_act" ADD CONSTRAINT "operator_act_customer_id_account_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "operator_act_customer" ON "operator_act" USING btree ("customer_id","seq") WHERE "operator_act"."customer_id" is not null;--> statement-breakpoint
CREATE INDEX "payment_loose" ON "payment" USING btree ("created_at") WHERE "payment"."problem" is not null and "payment"."settled_as" is null;--> statement-breakpoint
ALTER TABLE "payment" ADD CONSTRAINT "payment_settled" CHECK ("payment"."settled_as" in ('balance', 'subscription', 'returned'));--> statement-breakpoint
ALTER TABLE "posting" ADD CONSTRAINT "posting_reason" CHECK ("posting"."reason" in ('topup', 'message', 'subscription', 'fee', 'refund', 'dispute', 'reinstated', 'debt', 'payout', 'promo', 'adjustment', 'allocated'));