-- Words as search compares them: small letters, no accents, no stems, since people write in three languages.
CREATE TEXT SEARCH CONFIGURATION words (COPY = simple);--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION words ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;--> statement-breakpoint
CREATE INDEX "message_words" ON "message" USING gin (to_tsvector('words'::regconfig, regexp_replace("text", '[[:punct:][:space:]]+', ' ', 'g')));--> statement-breakpoint
CREATE INDEX "message_latest" ON "message" USING btree ("account_id","at","id");