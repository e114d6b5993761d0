-- complete for: definition, call, parameter, assignment
create schema shop;
--            ^ definition.schema
create table books (id int, title text, primary key (id));
--           ^ definition.table                      ^ attribute
--                  ^ definition.column
--                          ^ definition.column
create database library;
--              ^ definition.database
create role reader;
--          ^ definition.role
create extension citext;
--               ^ definition.extension
create sequence book_ids;
--              ^ definition.sequence
create type mood as enum ('sad', 'glad');
--          ^ definition.type
create materialized view lent as select id from books;
--                       ^ definition.view
create procedure lend(book int) language sql as $$ select 1 $$;
--               ^ definition.procedure
--                    ^ parameter
with recent as (select id from loans) select r.id from recent r;
--   ^ assignment                            ^ reference.table
--                                                            ^ assignment
insert into books (id, title) values (1, 'Dune');
--                 ^ reference
--                     ^ reference
create index by_title on books (title);
--           ^ definition.index
