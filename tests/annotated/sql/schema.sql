-- complete for: definition, call, parameter, assignment
create table if not exists shop.users (
--                               ^ definition.table
--                          ^ reference
  id int primary key,
--^ definition.column
--    ^ keyword
  `name` text not null -- of the user
-- ^ definition.column
--                            ^ comment
);
create view grown as select u.name as called from users u where is_grown(u.age);
--            ^ definition.view
--                            ^ attribute
--                                      ^ assignment
--                                                 ^ reference
--                                                      ^ assignment
--                                                                ^ call
create index by_name on users (name);
--              ^ definition.index
create function twice(n int) returns int as $$ select n * 2 $$ language sql;
--                ^ definition.function
--                    ^ parameter
create trigger seen before insert on users for each row execute function note();
--              ^ definition.trigger
--                                                                         ^ call
