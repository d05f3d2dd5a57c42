import type { Distribution, EndpointRow } from './messages.ts';

/** A line of the picture: one endpoint, or all those of a node that have no line of their own. */
export interface Item {
  readonly id: string;
  readonly endpoints: readonly EndpointRow[];
  readonly share: number;
  readonly isRest: boolean;
}

/** The lines of one node. */
export interface NodeGroup {
  /** Undefined where the node is not known. */
  readonly label: string | undefined;
  readonly items: readonly Item[];
}

/** The nodes of one zone. */
export interface ZoneGroup {
  /** Undefined where the zone is not known. */
  readonly label: string | undefined;
  readonly nodes: readonly NodeGroup[];
}

/** As many lines as a picture can have and still be taken in. */
const LINES = 48;
/** The most of them for one node. */
const LINES_PER_NODE = 24;
/** With more nodes than that, a zone stands for its nodes. */
const NODES = 24;

/** The share that an endpoint really gets: none where connections go nowhere. */
export function shareOf({ outcome }: Distribution, { share }: EndpointRow): number {
  return outcome.kind === 'spread' ? share : 0;
}

/** Endpoints by zone and node, in the order in which they are given. What is too much becomes one last line. */
export function groupEndpoints(distribution: Distribution): readonly ZoneGroup[] {
  const { endpoints } = distribution;
  const zones = groupBy(endpoints, ({ zone }) => zone);
  const nodes = zones.map((zone) => [...groupBy(zone, ({ node }) => node)]);
  const nodeCount = nodes.flat().length;
  const groups = nodeCount <= NODES ? nodes : zones.map((zone) => [zone]);
  const limit = Math.max(1, Math.min(LINES_PER_NODE, Math.floor(LINES / Math.max(1, groups.flat().length))));
  return groups.map((group) => ({
    label: group[0]?.[0]?.zone,
    nodes: group.map((members) => ({
      label: nodeLabel(members),
      items: toItems(distribution, members, limit),
    })),
  }));
}

function nodeLabel(members: readonly EndpointRow[]): string | undefined {
  const names = new Set(members.map(({ node }) => node));
  return names.size === 1 ? members[0]?.node : `${names.size} nodes`;
}

/** One line each up to the limit; a rest of one gets its own line too, since it takes no more room. */
function toItems(distribution: Distribution, members: readonly EndpointRow[], limit: number): readonly Item[] {
  const shown = members.length <= limit + 1 ? members : members.slice(0, limit);
  const rest = members.slice(shown.length);
  const items = shown.map((each) => toItem(distribution, each.id, [each]));
  if (rest.length === 0) return items;
  return [...items, toItem(distribution, `rest ${members[0]?.id}`, rest)];
}

function toItem(distribution: Distribution, id: string, endpoints: readonly EndpointRow[]): Item {
  const share = endpoints.reduce((sum, each) => sum + shareOf(distribution, each), 0);
  return { id, endpoints, share, isRest: endpoints.length > 1 };
}

function groupBy(
  rows: readonly EndpointRow[],
  keyOf: (row: EndpointRow) => string | undefined,
): readonly (readonly EndpointRow[])[] {
  const groups = new Map<string | undefined, EndpointRow[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return [...groups.values()];
}
