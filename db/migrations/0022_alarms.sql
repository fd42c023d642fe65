CREATE TABLE "alarm" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"figure" integer NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"over_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "alarm" ADD CONSTRAINT "alarm_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alarm_open" ON "alarm" USING btree ("account_id","kind") WHERE "alarm"."over_at" is null;