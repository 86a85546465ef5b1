// Development only: when the web has started anew, the open page is reloaded.
const mine = document.querySelector('meta[name=start]').content;

function connect() {
  const socket = new WebSocket(`${location.protocol.replace('http', 'ws')}//${location.host}/ws`);
  socket.onmessage = ({ data }) => data === mine || location.reload();
  socket.onclose = () => setTimeout(connect, 500);
}

connect();
