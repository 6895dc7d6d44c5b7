-- Messages that tell people what they are asked, each until it is delivered or given up.
create table notification (
  ordinal   bigint generated always as identity,
  tenant    text not null,
  id        text not null default gen_random_uuid()::text,
  run       text not null,
  approval  text not null,
  channel   text not null,
  recipient text not null default '',
  what      text not null check (what in ('asked', 'escalated', 'settled')),
  step      integer not null default 0,
  state     text not null default 'due' check (state in ('due', 'done', 'dead')),
  made_at   timestamptz not null default now(),
  next_try  timestamptz not null default now(),
  attempts  integer not null default 0,
  reason    text,
  reference json,
  primary key (tenant, id),
  unique (tenant, approval, channel, recipient, what, step)
);
create index notification_due on notification (next_try) where state = 'due';
create index notification_age on notification (made_at) where state = 'done';

-- Links that decide: each good once, for one person and the arguments they were shown.
create table decision_link (
  id             text primary key,
  tenant         text not null,
  approval       text not null,
  channel        text not null,
  principal      text not null,
  roles          text[] not null,
  arguments_hash text,
  expires_at     timestamptz not null,
  used_at        timestamptz,
  decision       text
);
create index decision_link_age on decision_link (expires_at);

-- What signs links where the configuration names no key of its own.
create table link_key (
  one boolean primary key default true check (one),
  key bytea not null
);

-- Channels and standing grants are resources too; which kinds there are is said in one place, the code.
alter table resource drop constraint if exists resource_kind_check;
alter table resource add constraint resource_kind_check check (kind ~ '^[a-z][a-z-]{0,30}$');
