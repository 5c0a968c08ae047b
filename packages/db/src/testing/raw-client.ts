import { createClient, type Client } from '@libsql/client';

/** The database behind our back, as somebody who got hold of the file would open it. */
export const rawClient = (url: string): Client => createClient({ url });
