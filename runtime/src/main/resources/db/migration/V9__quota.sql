-- What is administered is kept beside what is deployed: the code says which kinds there are.
alter table resource drop constraint if exists resource_kind_check;
