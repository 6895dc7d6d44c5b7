-- The internal database of the example: a schema of its own in whichever PostgreSQL the datasource names,
-- and a role that can read this table and nothing else. Run at each start, so every statement may be repeated.
create schema if not exists internal;

create table if not exists internal.repositories (
  repo          text primary key,
  owner_team    text not null,
  owner_email   text not null,
  data_class    text not null check (data_class in ('public', 'internal', 'restricted')),
  jira_project  text not null,
  slack_channel text not null
);

-- For real services: your repositories, the key of your Jira project, the id of your Slack channel.
insert into internal.repositories values
  ('acme/payments', 'Payments', 'payments@acme.example', 'restricted', 'COMP', 'C0COMPLIANCE')
on conflict (repo) do nothing;

do $$
begin
  if not exists (select from pg_roles where rolname = 'signalbox_internal_reader') then
    create role signalbox_internal_reader nologin nosuperuser nocreatedb nocreaterole noinherit;
  end if;
  -- whoever runs this must be able to become the reader
  execute format('grant signalbox_internal_reader to %I', current_user);
exception
  when duplicate_object or unique_violation then null; -- another database of the same server was faster
end
$$;

revoke all on schema internal from public;
grant usage on schema internal to signalbox_internal_reader;
grant select on internal.repositories to signalbox_internal_reader;
