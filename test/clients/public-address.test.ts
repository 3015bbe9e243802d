// Which addresses a webhook may reach: the open internet and nothing that only we can see.
import { expect, test } from 'bun:test'
import { isPublicAddress } from '#src/clients/public-address.ts'

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '172.15.0.1',
  '172.32.0.1',
  '100.63.1.1',
  '223.255.255.1',
  '2606:4700::1111',
  '2a00:1450::1',
])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))

test.each([
  ...[
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
  ],
  ...[
    '100.64.0.1',
    '100.127.1.1',
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
  ],
  ...[
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
  ],
  ...['2002:a00:1::', '2001::1', '2001:db8::1', '::127.0.0.1', 'fec0::1'],
  ...['', 'localhost', '1.2.3', '0x7f.1', '8.8.8.8/24'],
])('%p is not', (address) => expect(isPublicAddress(address)).toBe(false))
