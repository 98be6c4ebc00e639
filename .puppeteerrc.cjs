// The browser comes from the system or from an npm package (src/documents/browser.ts), never from puppeteer's own download.
module.exports = { skipDownload: true };
