// What is judged together: a receipt, the policy it is judged by, and the opening of the receipt.
// The rules are those of the commands `receipt verify` and `opening verify`.

import { hex, sha256 } from "./bytes.js";
import { Failure, undecidable } from "./failure.js";
import { opened, parseOpening } from "./opening.js";
import { parsePolicy } from "./policy.js";
import { judge, parseReceipt } from "./receipt.js";

// A file is { name, bytes }. A policy is a file with "isGiven": whether the reader vouches for it,
// or it only lay beside the receipt.
export function verdictOn(receipt, policy, opening, now) {
  const { name: file } = receipt;
  const attempt = tried(() => trustIn(policy, file));
  if (attempt.problem) return { file, ...attempt };
  const trust = attempt.value;
  const judged = tried(() => judge(parseReceipt(receipt.bytes), trust.policy, now));
  if (judged.problem) return withoutProof(file, trust, judged.problem);
  const alone = { file, proven: judged.value, trust, opened: null };
  if (!opening) return { ...alone, problem: notVouched(file, trust) };
  const shown = tried(() => opened(parseOpening(opening.bytes), judged.value));
  if (shown.problem) {
    // Beside an opening that fails, the receipt stays what it is.
    return { file: opening.name, problem: shown.problem, alone: trust.isGiven ? alone : null };
  }
  const pair = { file: opening.name, receipt: file, opened: shown.value };
  return { ...alone, ...pair, problem: notVouched(file, trust) };
}

function tried(work) {
  try {
    return { value: work(), problem: null };
  } catch (problem) {
    if (problem instanceof Failure) return { problem };
    throw problem;
  }
}

function trustIn(policy, file) {
  if (!policy) throw undecidable("no-policy", { file });
  const { name, bytes, isGiven } = policy;
  const { problem, value } = tried(() => parsePolicy(bytes));
  if (problem) throw new Failure(problem.code, problem.exit, { ...problem.facts, file: name });
  return { policy: value, file: name, sha256: hex(sha256(bytes)), isGiven };
}

const notVouched = (file, trust) =>
  trust.isGiven ? null : undecidable("policy-not-vouched", { file, policy: trust.file });

// A policy that nobody vouches for refuses nothing: with another one, a true receipt could be made
// to fail.
function withoutProof(file, trust, problem) {
  if (trust.isGiven || problem.exit !== 1) return { file, problem };
  return { file, problem: notVouched(file, trust), byThatPolicy: problem };
}

// Returns a verdict on every file: receipts with their openings, and openings that are alone.
export function verdictsOn({ receipts, openings, policy, beside }, now) {
  const used = policy ? { ...policy, isGiven: true } : beside && { ...beside, isGiven: false };
  const pairs = paired(receipts, openings);
  const alone = openings.filter((opening) => ![...pairs.values()].includes(opening));
  return [
    ...receipts.map((receipt) => verdictOn(receipt, used, pairs.get(receipt), now)),
    ...alone.map((opening) => openingAlone(opening)),
  ];
}

function openingAlone({ name: file, bytes }) {
  const { problem } = tried(() => parseOpening(bytes));
  return { file, problem: problem ?? undecidable("receipt-missing", { file }) };
}

// An opening goes with the receipt of its commitment; where there is none, with the one of its
// name, or with the only one, which it then is found not to fit.
function paired(receipts, openings) {
  const pairs = new Map();
  const commitments = new Map(receipts.map((receipt) => [receipt, commitmentOf(receipt)]));
  for (const opening of openings) {
    const { value } = tried(() => parseOpening(opening.bytes));
    const free = receipts.filter((receipt) => !pairs.has(receipt));
    const fits = (receipt) => value && commitments.get(receipt) === hex(value.commitment);
    const found =
      free.find(fits) ??
      free.find((receipt) => stem(receipt.name) === stem(opening.name)) ??
      (receipts.length === 1 ? free[0] : undefined);
    if (found) pairs.set(found, opening);
  }
  return pairs;
}

const commitmentOf = ({ bytes }) => {
  const { value } = tried(() => parseReceipt(bytes));
  return value ? hex(value.commitment) : null;
};

const stem = (name) => name.replace(/(\.opening\.json|\.tlog-proof)$/, "");
