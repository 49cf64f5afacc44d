export default 'control-core';
