// CPU time per delivered message at many clients, and how late messages arrive: the product's server beside bare
// sockets (the floor) and beside `ws` with the message serialised for each client (what one writes first).
import { lessIsBetter, median, quantile, type BenchResult } from './bench.js';
import { nextMessage, startChild } from './child.js';
import type { FromClients, FromServer, ToClients, ToServer } from './fanout/protocol.js';

type Contestant = 'raw' | 'ws' | 'our';

interface Load {
  readonly clients: number;
  readonly events: number;
  readonly perSecond: number;
  readonly updatesPerEvent: number;
  readonly deflate?: boolean;
}

interface Figures {
  readonly cpuUsPerMessage: number;
  readonly p99Ms: number;
}

const ROUNDS = 3;
async function measure(contestant: Contestant, load: Load): Promise<Figures> {
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
      subscribe: contestant === 'our',
      deflate: load.deflate ?? false,
    });
    await nextMessage<FromClients, 'connected'>(clients, 'connected');
    const messages = load.events * load.updatesPerEvent;
    tell({ kind: 'expect', messagesPerClient: messages });
    await nextMessage<FromClients, 'connected'>(clients, 'connected');
    const received = nextMessage<FromClients, 'received'>(clients, 'received');
    order({ kind: 'broadcast', events: load.events, perSecond: load.perSecond, updatesPerEvent: load.updatesPerEvent });
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

/** 1,000 clients flat out, 5,000 paced, compression, and ten updates due at once. */
export async function run(): Promise<BenchResult> {
  const busy: Load = { clients: 1_000, events: 150, perSecond: 25, updatesPerEvent: 1 };
  const paced: Load = { clients: 5_000, events: 20, perSecond: 1, updatesPerEvent: 1 };
  const burst: Load = { clients: 1_000, events: 50, perSecond: 10, updatesPerEvent: 10 };
  const many = await compare({
    raw: ['raw', busy],
    ws: ['ws', busy],
    ours: ['our', busy],
    deflated: ['our', { ...busy, deflate: true }],
  });
  const wide = await compare({ raw: ['raw', paced], ours: ['our', paced] });
  const together = await compare({ ours: ['our', burst] });
  const unit = 'µs CPU per message';
  return {
    name: 'fanout',
    cases: [
      lessIsBetter('1,000 clients', many.ours.cpuUsPerMessage, unit, 'bare sockets', many.raw.cpuUsPerMessage),
      lessIsBetter(
        '1,000 clients',
        many.ours.cpuUsPerMessage,
        unit,
        'ws, stringify per client',
        many.ws.cpuUsPerMessage,
      ),
      lessIsBetter(
        '1,000 clients, compressed',
        many.deflated.cpuUsPerMessage,
        unit,
        'ours uncompressed',
        many.ours.cpuUsPerMessage,
      ),
      lessIsBetter(
        'ten updates due at once',
        together.ours.cpuUsPerMessage,
        unit,
        'ours one by one',
        many.ours.cpuUsPerMessage,
      ),
      lessIsBetter('5,000 paced clients, p99 latency', wide.ours.p99Ms, 'ms', 'bare sockets', wide.raw.p99Ms),
    ],
  };
}
