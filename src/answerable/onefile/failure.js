// What can go wrong, with the codes, facts and exits of docs/specs.

export class Failure extends Error {
  constructor(code, exit, facts) {
    super(code);
    this.code = code;
    this.exit = exit;
    this.facts = facts;
  }
}

// Readable, and does not prove it.
export const refused = (code, facts = {}) => new Failure(code, 1, facts);

// Cannot be read.
export const malformed = (code, facts = {}) => new Failure(code, 2, facts);

// What is needed to decide is missing.
export const undecidable = (code, facts = {}) => new Failure(code, 3, facts);
