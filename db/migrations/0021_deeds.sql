CREATE TABLE "deed" (
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"person_id" uuid,
	"fn" text NOT NULL,
	"asked" text NOT NULL,
	"result" jsonb NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deed_account_id_id_fn_pk" PRIMARY KEY("account_id","id","fn")
);
--> statement-breakpoint
ALTER TABLE "draft" ADD COLUMN "writing" uuid;--> statement-breakpoint
ALTER TABLE "deed" ADD CONSTRAINT "deed_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deed" ADD CONSTRAINT "deed_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;