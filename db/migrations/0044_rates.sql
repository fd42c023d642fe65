CREATE TABLE "rate" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"provider" text NOT NULL,
	"market" text NOT NULL,
	"category" text NOT NULL,
	"currency" text NOT NULL,
	"price" bigint NOT NULL,
	"cost" bigint NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "rate_provider" CHECK ("rate"."provider" in ('meta', 'gupshup')),
	CONSTRAINT "rate_market" CHECK ("rate"."market" ~ '^([A-Z]{2}|[*])$'),
	CONSTRAINT "rate_category" CHECK ("rate"."category" in ('marketing', 'utility', 'authentication', 'authentication_international', 'service')),
	CONSTRAINT "rate_currency" CHECK ("rate"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "rate_amounts" CHECK ("rate"."price" >= 0 and "rate"."cost" >= 0),
	CONSTRAINT "rate_retired" CHECK ("rate"."retired_at" < "rate"."valid_from")
);
--> statement-breakpoint
ALTER TABLE "rate" ADD CONSTRAINT "rate_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "rate_from" ON "rate" USING btree ("provider","market","category","currency","valid_from") WHERE "rate"."retired_at" is null;