// What the corpus needs of a server beside its databases: a tablespace, and roles to own and to grant to. Test files that
// run at once share them, so they stay until the server ends; a test that changes a role makes one of its own.
import { withClient } from './databases.ts';

const roles = ['corpus_owner', 'corpus_app', 'corpus_reader'];

/** SQLSTATEs of what is there already, or is being made by somebody else. */
const there = ['42710', '23505'];

export async function prepareCluster(server: string, major: number): Promise<void> {
  await withClient(server, async (client) => {
    const make = (statement: string): Promise<unknown> =>
      client.query(statement).catch((error: { code?: string }) => {
        if (!there.includes(error.code ?? '')) throw error;
      });
    for (const role of roles) await make(`CREATE ROLE ${role}`);
    if (major < 15) return;
    // In the data folder, since a server that runs as somebody else cannot use ours.
    await client.query('SET allow_in_place_tablespaces = on');
    await make("CREATE TABLESPACE spare LOCATION ''");
  });
}
