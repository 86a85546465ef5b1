// Development only: the open page is reloaded when its sources were edited or the web was started anew.
const version = document.querySelector('meta[name=source-version]').content;

function connect() {
  const socket = new WebSocket(`${location.protocol.replace('http', 'ws')}//${location.host}/ws`);
  socket.onmessage = ({ data }) => data === version || location.reload();
  socket.onclose = () => setTimeout(connect, 500);
}

connect();
