// How models and versions of applications are named, and which of two versions is the older one. Pure.
import { byCodeUnit } from '../../json.ts';

/** Safe as a part of an object key, and short enough for a finding. */
export const modelPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** 1.5.0, v2, 2026.11.25-rc.1; build metadata behind `+` says nothing of the order (https://semver.org/#spec-item-10). */
const numbered = /^v?(?<core>\d+(?:\.\d+)+)(?:-(?<pre>[0-9A-Za-z.-]+))?(?:\+.*)?$/;

/** False when that cannot be told: names such as commits and builds have no order. */
export function isOlderVersion(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => numbered.exec(text)?.groups);
  if (!left || !right) return false;
  const core = compareParts(left.core, right.core);
  return core < 0 || (core === 0 && comparePre(left.pre, right.pre) < 0);
}

/** A version with a pre-release part comes before the one without. */
function comparePre(left: string | undefined, right: string | undefined): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  return compareParts(left, right);
}

/** Parts that are numbers by their size, and before words. 1.5 and 1.5.0 are the same. */
function compareParts(left = '', right = ''): number {
  const [ours, theirs] = [left.split('.'), right.split('.')];
  for (let place = 0; place < Math.max(ours.length, theirs.length); place += 1) {
    const order = comparePart(ours[place] ?? '0', theirs[place] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

function comparePart(left: string, right: string): number {
  const [isLeft, isRight] = [left, right].map((part) => /^\d+$/.test(part));
  if (isLeft && isRight) return Number(left) - Number(right);
  if (isLeft !== isRight) return isLeft ? -1 : 1;
  return byCodeUnit(left, right);
}
