-- Roles, policies and whatever else is administered lie in the table of resources too; what kinds
-- there are is known by the catalog alone.
alter table resource drop constraint if exists resource_kind_check;

-- A key may be narrower than its holder: what it grants is then at most this.
alter table api_key add column if not exists scopes jsonb;
-- The key that takes over from this one.
alter table api_key add column if not exists replaced_by text;
create index if not exists api_key_principal on api_key (tenant, principal) where revoked_at is null;
