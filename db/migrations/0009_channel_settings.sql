CREATE TABLE "department_texts" (
	"department_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"automatic" text[] DEFAULT '{}'::text[] NOT NULL,
	"greeting" text DEFAULT '' NOT NULL,
	"farewell" text DEFAULT '' NOT NULL,
	"out_of_hours" text DEFAULT '' NOT NULL,
	"rev" bigint DEFAULT 1 NOT NULL,
	CONSTRAINT "department_texts_automatic" CHECK ("department_texts"."automatic" <@ array['greeting', 'farewell', 'out_of_hours'])
);
--> statement-breakpoint
ALTER TABLE "channel_hours" ALTER COLUMN "greeting" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "channel_hours" ALTER COLUMN "greeting" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "channel_hours" ALTER COLUMN "farewell" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "channel_hours" ALTER COLUMN "farewell" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "channel_hours" ALTER COLUMN "out_of_hours" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "channel_hours" ALTER COLUMN "out_of_hours" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "state_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "channel_hours" ADD COLUMN "worked" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "channel_hours" ADD COLUMN "automatic" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "department_texts" ADD CONSTRAINT "department_texts_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_texts" ADD CONSTRAINT "department_texts_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_hours" ADD CONSTRAINT "channel_hours_automatic" CHECK ("channel_hours"."automatic" <@ array['greeting', 'farewell', 'out_of_hours']);