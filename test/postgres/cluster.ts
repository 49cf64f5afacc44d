// What the corpus needs of a server beside its databases: a tablespace, and roles to own and to grant to.
import { withClient } from './databases.ts';

const roles = ['corpus_owner', 'corpus_app', 'corpus_reader'];

/** @returns what takes it away again, once no database needs it */
export async function prepareCluster(server: string, major: number): Promise<() => Promise<void>> {
  await withClient(server, async (client) => {
    for (const role of roles) await client.query(`CREATE ROLE ${role}`);
    if (major < 15) return;
    // In the data folder, since a server that runs as somebody else cannot use ours.
    await client.query('SET allow_in_place_tablespaces = on');
    await client.query("CREATE TABLESPACE spare LOCATION ''");
  });
  return () =>
    withClient(server, async (client) => {
      await client.query('DROP TABLESPACE IF EXISTS spare');
      await client.query(`DROP ROLE ${roles}`);
    });
}
