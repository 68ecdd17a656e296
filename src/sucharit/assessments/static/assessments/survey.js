// A card's QR code carries its key behind "#k=": that part of an address is never sent to a server.
// Put it into the field and take it out of the address bar and the history.
const found = location.hash.match(/^#k=([0-9A-Za-z-]{12,20})$/);
if (found) {
  document.getElementById("key").value = found[1];
  history.replaceState(null, "", location.pathname + location.search);
}
