/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Types are checked by `npm run verify` over the whole repository, once, not again by the build.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
};

export default config;
