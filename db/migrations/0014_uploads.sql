CREATE TABLE "upload" (
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"media_id" uuid DEFAULT new_id() NOT NULL,
	"name" text,
	"mime" text NOT NULL,
	"size" bigint NOT NULL,
	"details" jsonb,
	"have" integer[] DEFAULT '{}' NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "upload_pk" PRIMARY KEY("person_id","id")
);
--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "details" jsonb;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "upload_account" ON "upload" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "upload_age" ON "upload" USING btree ("created_at");