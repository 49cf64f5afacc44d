// Password hashes as the sample application stores them: scrypt, with its parameters and salt in the text.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, { N: number }, Buffer>(scrypt);
const cost = 16_384;
const keyBytes = 32;

/** `scrypt$16384$<salt>$<key>`, both in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, keyBytes, { N: cost });
  return `scrypt$${cost}$${salt.toString('base64')}$${key.toString('base64')}`;
}

export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, parameter, salt = '', expected = ''] = hash.split('$');
  if (scheme !== 'scrypt') return false;
  const wanted = Buffer.from(expected, 'base64');
  const key = await derive(password, Buffer.from(salt, 'base64'), wanted.length, { N: Number(parameter) });
  return timingSafeEqual(key, wanted);
}
