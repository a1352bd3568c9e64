// Ed25519 (RFC 8032) as OpenSSL and Go judge it: R is computed and compared byte for byte.
//
// The library's own check multiplies by the cofactor, and so takes signatures that those refuse.
// A key is decoded as leniently as they do it (its "zip215"), so that all readers agree.

import { Point } from "./noble/ed25519.js";
import { sha512 } from "./noble/sha2.js";
import { joined, numberOfBytes, same } from "./bytes.js";

const ORDER = Point.CURVE().n;

const littleEndian = (bytes) => numberOfBytes(bytes.slice().reverse());

export function verify(publicKey, signature, message) {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  if (s >= ORDER) return false;
  try {
    const key = Point.fromBytes(publicKey, true);
    const k = littleEndian(sha512(joined(r, publicKey, message))) % ORDER;
    const expected = Point.BASE.multiply(s, false).subtract(key.multiply(k, false));
    return same(expected.toBytes(), r);
  } catch {
    return false; // no point of the curve
  }
}
