// Which addresses the product never connects to, whatever a URL, a redirect or a name server says. Judges addresses
// only: whoever connects must ask about the very address it connects to, or a second resolution could differ.
import { BlockList, isIPv6 } from 'node:net';

/**
 * Link-local (RFC 3927, RFC 4291), where clouds keep instance metadata and credentials, "this network" (RFC 1122),
 * which the kernel turns into loopback, and AWS's IPv6 service addresses (fd00:ec2::254 serves metadata).
 * IPv4 ranges hold for their IPv4-mapped IPv6 form too: BlockList compares those as IPv4.
 */
const neverVisited = new BlockList();
neverVisited.addSubnet('169.254.0.0', 16, 'ipv4');
neverVisited.addSubnet('0.0.0.0', 8, 'ipv4');
neverVisited.addSubnet('fe80::', 10, 'ipv6');
neverVisited.addSubnet('fd00:ec2::', 32, 'ipv6');
neverVisited.addAddress('::', 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

// The same IPv4 addresses inside IPv6 ones that a gateway would unwrap: NAT64 (RFC 6052), 6to4 (RFC 3056) and the
// deprecated IPv4-compatible form (RFC 4291).
neverVisited.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
neverVisited.addSubnet('2002:a9fe::', 32, 'ipv6');
neverVisited.addSubnet('::a9fe:0', 112, 'ipv6');
loopback.addSubnet('64:ff9b::7f00:0', 104, 'ipv6');
loopback.addSubnet('2002:7f00::', 24, 'ipv6');
loopback.addSubnet('::7f00:0', 104, 'ipv6');

/** Why this address is never connected to; `undefined` when it may be. */
export function whyForbidden(address: string, options: { refuseLoopback: boolean }): string | undefined {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (neverVisited.check(address, family)) return 'a link-local or metadata address';
  if (options.refuseLoopback && loopback.check(address, family)) return 'a loopback address';
  return undefined;
}
