CREATE TABLE "alert_delivery" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"kind" text NOT NULL,
	"facts" jsonb NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"run_after" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"problem" text,
	"status" integer,
	"answer" text,
	"took_ms" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "alert_delivery_state" CHECK ("alert_delivery"."state" in ('due', 'delivered', 'dead'))
);
--> statement-breakpoint
CREATE TABLE "alert_hook" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"language" text NOT NULL,
	"is_on" boolean DEFAULT true NOT NULL,
	"sealed" text NOT NULL,
	"sealed_before" text,
	"before_until" timestamp (3) with time zone,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alert_hook_language" CHECK ("alert_hook"."language" in ('es', 'en', 'pt'))
);
--> statement-breakpoint
ALTER TABLE "alert_delivery" ADD CONSTRAINT "alert_delivery_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_hook" ADD CONSTRAINT "alert_hook_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alert_delivery_once" ON "alert_delivery" USING btree ("account_id","subject");--> statement-breakpoint
CREATE INDEX "alert_delivery_latest" ON "alert_delivery" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "alert_delivery_due" ON "alert_delivery" USING btree ("run_after") WHERE "alert_delivery"."state" = 'due';--> statement-breakpoint
CREATE INDEX "alert_delivery_age" ON "alert_delivery" USING btree ("created_at");