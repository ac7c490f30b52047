import { baseOf, type KeyParts } from './content-key.ts'

/** Says which inputs differ between the image that is there and the one that is wanted; '' when none does. */
export function changedInputs(before: KeyParts, now: KeyParts): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort()
  return names
    .filter((name) => before[name] !== now[name])
    .map((name) => {
      const image = baseOf(name)
      return image === undefined ? name : describeBase(image, before[name], now[name])
    })
    .join(', ')
}

function describeBase(image: string, before: string | undefined, now: string | undefined): string {
  if (before === undefined) return `new base ${image}`
  if (now === undefined) return `base ${image} is gone`
  return `base ${image} moved`
}
