CREATE TABLE "assignment_rule" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"channel_id" uuid,
	"department_id" uuid,
	"way" text NOT NULL,
	"roles" uuid[] DEFAULT '{}' NOT NULL,
	"move_on_minutes" integer,
	"is_active" boolean DEFAULT true NOT NULL,
	"rev" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "assignment_rule_place" UNIQUE NULLS NOT DISTINCT("account_id","channel_id","department_id","archived_at"),
	CONSTRAINT "assignment_rule_way" CHECK ("assignment_rule"."way" in ('round_robin', 'least_loaded', 'last_agent')),
	CONSTRAINT "assignment_rule_minutes" CHECK ("assignment_rule"."move_on_minutes" between 1 and 1440)
);
--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "away_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "given_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "assignment_rule" ADD CONSTRAINT "assignment_rule_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_rule" ADD CONSTRAINT "assignment_rule_channel_id_channel_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channel"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_rule" ADD CONSTRAINT "assignment_rule_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assignment_rule_active" ON "assignment_rule" USING btree ("account_id") WHERE "assignment_rule"."is_active" and "assignment_rule"."archived_at" is null;