import type { Client, InStatement, ResultSet } from '@libsql/client';

type BatchStatement = Parameters<Client['batch']>[0][number];

/**
 * `client` of an embedded replica, answering batches of questions from its own file. It would begin a transaction at
 * the primary for them: every read would be as slow and as mortal as that. Without one the answers are still of one
 * moment, as `Connection` lets nothing else (write or replication) happen between them.
 */
export function readingLocally(client: Client): Client {
  const batch: Client['batch'] = (statements, mode) =>
    statements.every(isQuestion) ? readTogether(client, statements) : client.batch(statements, mode);
  return new Proxy(client, {
    get(target, name) {
      if (name === 'batch') return batch;
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

async function readTogether(client: Client, statements: readonly BatchStatement[]): Promise<ResultSet[]> {
  const results: ResultSet[] = [];
  for (const statement of statements) results.push(await client.execute(asStatement(statement)));
  return results;
}

const asStatement = (statement: BatchStatement): InStatement =>
  Array.isArray(statement) ? { sql: statement[0], ...(statement[1] && { args: statement[1] }) } : statement;

function isQuestion(statement: BatchStatement): boolean {
  const plain = asStatement(statement);
  return /^\s*select\b/i.test(typeof plain === 'string' ? plain : plain.sql);
}
