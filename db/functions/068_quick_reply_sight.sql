-- For whom a quick reply is: asked by its list, by whoever fills it, and for its file.

/* Does the caller look after the company's quick replies? */
create or replace function manages_quick_replies() returns boolean language sql stable as $$
  select coalesce(nullif(current_setting('app.grants', true), ''), '{}')::jsonb ? 'quick_replies.manage'
$$;

/* Is this quick reply for the caller: their role, one of their departments, a number that is open to them. */
create or replace function quick_reply_suits(q quick_reply) returns boolean language sql stable as $$
  select q.account_id = this_account() and q.archived_at is null
    and (q.roles = '{}' or this_role() = any(q.roles))
    and (q.departments = '{}' or exists (select from department_person d
      where d.person_id = this_person() and d.department_id = any(q.departments) and d.ended_at is null))
    and (q.channels = '{}' or exists (select from channel c where c.id = any(q.channels)))
$$;
