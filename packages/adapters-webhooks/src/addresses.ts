import ipaddr from 'ipaddr.js';

const globalUnicast = ipaddr.parseCIDR('2000::/3');
// Azure serves a machine's metadata from an address that looks public.
const metadata = new Set(['168.63.129.16']);

/** Returns whether an IP address is that of a machine itself. */
export const isLoopback = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';

/**
 * Returns whether an IP address is public: not that of a machine, a private network, a link, a provider's metadata service, or
 * one that only translates to such an address. An IPv4 address within an IPv6 one counts as itself.
 */
export const isPublic = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast' || metadata.has(parsed.toString())) return false;
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast);
};
