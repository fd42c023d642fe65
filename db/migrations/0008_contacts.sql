CREATE TABLE "client_record" (
	"account_id" uuid NOT NULL,
	"client_id" text NOT NULL,
	"phone" text,
	"data" jsonb NOT NULL,
	"texts" jsonb NOT NULL,
	"version" text,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "client_record_pk" PRIMARY KEY("account_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "client_source" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"sealed" text,
	"rev" bigint DEFAULT 1 NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_import" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"account_id" uuid NOT NULL,
	"person_id" uuid,
	"file_name" text NOT NULL,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp (3) with time zone,
	"undone_by" uuid
);
--> statement-breakpoint
CREATE TABLE "contact_import_row" (
	"account_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"contact_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"before" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"after" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"proposal" jsonb,
	"settled_at" timestamp (3) with time zone,
	"rev" bigint NOT NULL,
	CONSTRAINT "contact_import_row_pk" PRIMARY KEY("import_id","n"),
	CONSTRAINT "contact_import_row_outcome" CHECK ("contact_import_row"."outcome" in ('created', 'updated', 'conflict'))
);
--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "document" text;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "accepted" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "created_by" uuid;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "rev" bigint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "client_record" ADD CONSTRAINT "client_record_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_source" ADD CONSTRAINT "client_source_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_import" ADD CONSTRAINT "contact_import_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_import" ADD CONSTRAINT "contact_import_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_import" ADD CONSTRAINT "contact_import_undone_by_person_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_import_row" ADD CONSTRAINT "contact_import_row_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_import_row" ADD CONSTRAINT "contact_import_row_import_id_contact_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."contact_import"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_import_row" ADD CONSTRAINT "contact_import_row_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "client_record_phone" ON "client_record" USING btree ("account_id","phone");--> statement-breakpoint
CREATE INDEX "client_record_read" ON "client_record" USING btree ("account_id","read_at");--> statement-breakpoint
CREATE INDEX "contact_import_account" ON "contact_import" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "contact_import_row_contact" ON "contact_import_row" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "contact_import_row_open" ON "contact_import_row" USING btree ("account_id","contact_id") WHERE "contact_import_row"."proposal" is not null and "contact_import_row"."settled_at" is null;--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_by_name" ON "contact" USING btree ("account_id","search","id") WHERE "contact"."merged_into" is null;