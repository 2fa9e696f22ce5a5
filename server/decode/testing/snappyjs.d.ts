declare module 'snappyjs' {
  const snappyjs: { compress: (plain: Buffer) => Buffer; uncompress: (packed: Buffer, bytesMax?: number) => Buffer };
  export default snappyjs;
}
