// The Merkle tree (docs/specs/ledger.md, rules 1 to 6).

import { joined, sha256, utf8 } from "./bytes.js";
import { refused } from "./failure.js";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const leafOf = (commitment) =>
  sha256(joined(LEAF, utf8("answerable/v1\n"), commitment));

const node = (left, right) => sha256(joined(NODE, left, right));

export function rootFrom(leaf, index, size, path) {
  if (index >= size) throw refused("outside-tree", { index, size });
  const inner = bitLength(index ^ (size - 1n));
  const expected = inner + ones(index >> BigInt(inner));
  if (path.length !== expected) {
    throw refused("wrong-path-length", { expected, got: path.length });
  }
  return path.reduce((root, sibling, at) => {
    const isLeft = at >= inner || (index >> BigInt(at)) & 1n;
    return isLeft ? node(sibling, root) : node(root, sibling);
  }, leaf);
}

const bitLength = (number) => (number === 0n ? 0 : number.toString(2).length);

const ones = (number) => number.toString(2).replaceAll("0", "").length;
