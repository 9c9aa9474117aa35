/** What the build makes of a file that is served as it is: its address. */
declare module '*.wasm' {
  const url: string;
  export default url;
}
