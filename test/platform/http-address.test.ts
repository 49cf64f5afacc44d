import { describe, expect, test } from 'vitest';
import { whyForbidden } from '../../lambda/platform/http-address.ts';

const anywhere = { refuseLoopback: false };
const inLambda = { refuseLoopback: true };

describe('whyForbidden', () => {
  test.each([
    '169.254.169.254',
    '169.254.170.2',
    '169.254.0.1',
    '169.254.255.255',
    '0.0.0.0',
    '0.1.2.3',
    '::',
    'fe80::1',
    'febf::1',
    'fd00:ec2::254',
    'fd00:ec2::23',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '::ffff:0.0.0.0',
    '64:ff9b::169.254.169.254',
    '::169.254.169.254',
    '2002:a9fe:a9fe::1',
  ])('%s is refused everywhere', (address) => {
    expect(whyForbidden(address, anywhere)).toBe('a link-local or metadata address');
  });

  test.each(['127.0.0.1', '127.255.0.9', '::1', '::ffff:127.0.0.1', '64:ff9b::127.0.0.1', '::127.0.0.1'])(
    '%s is refused in Lambda only',
    (address) => {
      expect(whyForbidden(address, inLambda)).toBe('a loopback address');
      expect(whyForbidden(address, anywhere)).toBeUndefined();
    },
  );

  test.each(['10.0.0.5', '192.168.1.1', '169.253.255.255', '169.255.0.0', '1.1.1.1', 'fd12::1', 'fec0::1', '2600::1'])(
    '%s may be visited',
    (address) => {
      expect(whyForbidden(address, inLambda)).toBeUndefined();
    },
  );
});
