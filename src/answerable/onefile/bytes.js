// Bytes and their spellings. Each value has one spelling, and no other is read: a reading that
// fails returns null.

import { sha256 } from "./noble/sha2.js";

const MOST = 2n ** 63n - 1n;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export { sha256 };

export const utf8 = (text) => new TextEncoder().encode(text);

export function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

// One character for each byte, whatever it is.
export function latin(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

export const hex = (bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export function bytesOfHex(text) {
  if (typeof text !== "string" || !/^(?:[0-9a-f]{2})+$/.test(text)) return new Uint8Array();
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}

export const base64 = (bytes) => btoa(latin(bytes));

export function bytesOfBase64(text) {
  try {
    const octets = atob(text);
    // atob forgives blanks, missing padding and spare bits.
    return btoa(octets) === text ? Uint8Array.from(octets, (sign) => sign.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}

export const base64url = (bytes) =>
  base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

export function bytesOfBase64url(text) {
  if (typeof text !== "string" || /[^A-Za-z0-9_-]/.test(text)) return null;
  const padded = text.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat(-text.length & 3);
  return bytesOfBase64(padded);
}

// The text under a QR code: base32 (RFC 4648) without padding, blanks and case forgiven.
export function bytesOfBase32(text) {
  const signs = text.replace(/\s/g, "").toUpperCase();
  const bytes = [];
  let bits = 0;
  let held = 0;
  for (const sign of signs) {
    const value = BASE32.indexOf(sign);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push(held >> bits);
      held &= (1 << bits) - 1;
    }
  }
  return signs && bits < 5 && held === 0 ? Uint8Array.from(bytes) : null;
}

// A number from 0 to 2^63 - 1, in ASCII digits without leading zeros.
export function numberOf(text) {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text)) return null;
  const number = BigInt(text);
  return number <= MOST ? number : null;
}

export function numberOfBytes(bytes) {
  return BigInt("0x" + (hex(bytes) || "0"));
}
