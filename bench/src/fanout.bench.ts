// CPU time per delivered message at many clients, and how late messages arrive: the product's server beside bare
// sockets (the floor) and beside `ws` with the message serialised for each client (what one writes first).
import { lessIsBetter, median, quantile, type BenchCase, type BenchResult } from './bench.js';
import { nextMessage, startChild } from './child.js';
import type { FromClients, FromServer, ToClients, ToServer } from './fanout/protocol.js';

type Contestant = 'raw' | 'ws' | 'our';

interface Load {
  readonly clients: number;
  readonly events: number;
  readonly perSecond: number;
  readonly updatesPerEvent: number;
  readonly deflate?: boolean;
  /** One where nothing is said. */
  readonly series?: number;
}

interface Figures {
  readonly cpuUsPerMessage: number;
  readonly p99Ms: number;
}

const ROUNDS = 3;
async function measure(contestant: Contestant, load: Load): Promise<Figures> {
  const { series = 1 } = load;
  const server = startChild(`${contestant}-server`);
  const clients = startChild('clients');
  const tell = (message: ToClients) => clients.send(message);
  const order = (message: ToServer) => server.send(message);
  try {
    const { port } = await nextMessage<FromServer, 'listening'>(server, 'listening');
    tell({
      kind: 'connect',
      port,
      clients: load.clients,
      subscribe: contestant === 'our' ? series : 0,
      deflate: load.deflate ?? false,
    });
    await nextMessage<FromClients, 'connected'>(clients, 'connected');
    const messages = load.events * load.updatesPerEvent;
    tell({ kind: 'expect', messagesPerClient: messages });
    await nextMessage<FromClients, 'connected'>(clients, 'connected');
    const received = nextMessage<FromClients, 'received'>(clients, 'received');
    const { events, perSecond, updatesPerEvent } = load;
    order({ kind: 'broadcast', events, perSecond, updatesPerEvent, series });
    const done = await nextMessage<FromServer, 'done'>(server, 'done');
    const { latenciesMs } = await received;
    return { cpuUsPerMessage: done.cpuUs / (messages * load.clients), p99Ms: quantile(latenciesMs, 0.99) };
  } finally {
    server.kill('SIGKILL');
    clients.kill('SIGKILL');
  }
}

/** Medians of several rounds in turn. */
async function compare<Name extends string>(
  loads: Readonly<Record<Name, readonly [Contestant, Load]>>,
): Promise<Record<Name, Figures>> {
  const names = Object.keys(loads) as Name[];
  const seen = new Map<Name, Figures[]>(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) {
      const [contestant, load] = loads[name];
      seen.get(name)!.push(await measure(contestant, load));
    }
  }
  const figures = (name: Name): Figures => ({
    cpuUsPerMessage: median(seen.get(name)!.map((f) => f.cpuUsPerMessage)),
    p99Ms: median(seen.get(name)!.map((f) => f.p99Ms)),
  });
  return Object.fromEntries(names.map((name) => [name, figures(name)])) as Record<Name, Figures>;
}

/**
 * 1,000 clients: an update at a time, in quick succession, of a watchlist, compressed, ten updates due at once; and
 * 5,000 clients paced. The peers send the very same messages, each at once and by itself: what ours saves by letting
 * updates of forming candles that follow each other quickly leave together shows beside what it costs in time.
 */
export async function run(): Promise<BenchResult> {
  const quick: Load = { clients: 1_000, events: 150, perSecond: 25, updatesPerEvent: 1 };
  const single: Load = { clients: 1_000, events: 50, perSecond: 8, updatesPerEvent: 1 };
  const watchlist: Load = { ...quick, series: 5 };
  const paced: Load = { clients: 5_000, events: 20, perSecond: 1, updatesPerEvent: 1 };
  const burst: Load = { clients: 1_000, events: 50, perSecond: 8, updatesPerEvent: 10 };
  const one = await compare({ raw: ['raw', single], ws: ['ws', single], ours: ['our', single] });
  const many = await compare({
    raw: ['raw', quick],
    ws: ['ws', quick],
    ours: ['our', quick],
    watchlist: ['our', watchlist],
    deflated: ['our', { ...quick, deflate: true }],
  });
  const wide = await compare({ raw: ['raw', paced], ours: ['our', paced] });
  const together = await compare({ ours: ['our', burst] });
  const cpu = (name: string, ours: Figures, peer: string, theirs: Figures): BenchCase =>
    lessIsBetter(name, ours.cpuUsPerMessage, 'µs CPU per message', peer, theirs.cpuUsPerMessage);
  const late = (name: string, ours: Figures, peer: string, theirs: Figures): BenchCase =>
    lessIsBetter(name, ours.p99Ms, 'ms', peer, theirs.p99Ms);
  const bare = 'bare sockets';
  const stringify = 'ws, stringify per client';
  return {
    name: 'fanout',
    cases: [
      cpu('1,000 clients, 25 updates a second', many.ours, bare, many.raw),
      cpu('1,000 clients, 25 updates a second', many.ours, stringify, many.ws),
      cpu('1,000 clients, 25 updates a second of five series', many.watchlist, bare, many.raw),
      cpu('1,000 clients, 25 updates a second, compressed', many.deflated, 'ours uncompressed', many.ours),
      late('1,000 clients, 25 updates a second, p99 latency', many.ours, bare, many.raw),
      cpu('1,000 clients, an update at a time', one.ours, bare, one.raw),
      cpu('1,000 clients, an update at a time', one.ours, stringify, one.ws),
      cpu('1,000 clients, an update at a time: bare sockets', one.raw, stringify, one.ws),
      late('1,000 clients, an update at a time, p99 latency', one.ours, bare, one.raw),
      cpu('ten updates due at once', together.ours, 'ours one by one', one.ours),
      late('5,000 paced clients, p99 latency', wide.ours, bare, wide.raw),
    ],
  };
}
