import ipaddr from 'ipaddr.js';

/** Whether an address belongs to a trusted proxy; Fastify's `trustProxy`. */
export type TrustProxy = (address: string | undefined) => boolean;

// Some proxies, such as Azure's, forward `1.2.3.4:5678` or `[::1]:80`.
const addressWithPort = /^(?:\[([\da-f:.]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/i;

/** Removes the port from a forwarded address. It changes with every connection. */
export const withoutPort = (address: string): string => {
  const [, v6, v4] = addressWithPort.exec(address) ?? [];
  return v6 ?? v4 ?? address;
};

/** Makes the check from addresses and CIDR ranges. */
export const makeTrustProxy = (ranges: readonly string[]): TrustProxy => {
  const parsed = ranges.map((range): [ipaddr.IPv4 | ipaddr.IPv6, number] => {
    const [network, bits] = range.includes('/')
      ? ipaddr.parseCIDR(range)
      : [ipaddr.parse(range), ipaddr.parse(range).kind() === 'ipv4' ? 32 : 128];
    const isMapped = network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress() && bits >= 96;
    return isMapped ? [network.toIPv4Address(), bits - 96] : [network, bits];
  });
  return (address) => {
    const plain = withoutPort(address ?? '');
    if (!ipaddr.isValid(plain)) return false;
    const one = ipaddr.process(plain);
    return parsed.some(([network, bits]) => network.kind() === one.kind() && one.match(network, bits));
  };
};
