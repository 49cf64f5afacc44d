// The sample application's model of a user, as an ORM would query it: every column of the model by name. A version
// whose model is ahead of the database fails here, as the real one did.
import pg from 'pg';
import type { ApplicationVersion } from './migrations.ts';
import { hashPassword } from './passwords.ts';

export interface User {
  id: string;
  username: string;
  email: string;
  role: string;
  password_hash: string;
  is_active: boolean;
}

const columns = [
  'id',
  'tenant_id',
  'username',
  'email',
  'password_hash',
  'role',
  'is_active',
  'created_at',
  'updated_at',
] as const;

const modelColumns: Record<ApplicationVersion, readonly string[]> = {
  '1.4.0': columns,
  '1.5.0': [...columns, 'api_key_sandbox', 'api_key_production'],
};

export async function findUser(
  pool: pg.Pool,
  version: ApplicationVersion,
  username: string,
): Promise<User | undefined> {
  const list = modelColumns[version].map((column) => `users.${column}`).join(', ');
  const { rows } = await pool.query<User>(`select ${list} from users where users.username = $1`, [username]);
  return rows[0];
}

/** Adds a user (and the tenant it belongs to, unless it is there), for whoever sets the stage. */
export async function addUser(
  databaseUrl: string,
  user: { username: string; password: string; role?: 'viewer' | 'author' | 'approver' | 'admin' },
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `insert into tenants (slug, name) values ('control-core', 'Control Core') on conflict do nothing`,
    );
    await client.query(
      `insert into users (tenant_id, username, email, password_hash, role)
       select id, $1, $2, $3, $4 from tenants where slug = 'control-core'`,
      [user.username, `${user.username}@example.com`, await hashPassword(user.password), user.role ?? 'viewer'],
    );
  } finally {
    await client.end();
  }
}
