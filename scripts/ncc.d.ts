declare module '@vercel/ncc' {
  interface Asset {
    readonly source: string | Buffer
  }
  interface Options {
    readonly filename?: string
    readonly cache?: boolean
    readonly quiet?: boolean
    readonly license?: string
  }
  export default function ncc(entry: string, options: Options): Promise<{ code: string; assets: Record<string, Asset> }>
}
