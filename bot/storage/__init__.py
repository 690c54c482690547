"""All SQL: engine, tables, migrations, one repository per aggregate. SQLite out of the box, PostgreSQL as an extra."""
