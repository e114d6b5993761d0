// What each name of a JavaScript or TypeScript file is, by the TypeScript compiler's own syntax tree: an oracle for cq.
//
//     node ecma_oracle.js FOLDER_OF_TYPESCRIPT < PATHS
//
// In: paths, one a line. Out: one line of JSON for each: {path, spans: [[start, end, role, kind], ...]}, in UTF-16 units
// and in cq's words, or {path, error}. What stands in no span is a comment. Shares nothing with cq.
"use strict";
const ts = require(process.argv[2]);
const fs = require("fs");
const K = ts.SyntaxKind;

const isFunction = (node) =>
  ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node);
const isFunctionValue = (node) => node && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
const isRequire = (node) =>
  node && ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "require";

/** Whether what is declared here is for others: in a module or a namespace, and not in a function. */
function isTop(node) {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return false;
  return true;
}

/** The declaration or assignment that a binding pattern belongs to. */
function ownerOfPattern(element) {
  let at = element.parent;
  while (ts.isBindingElement(at) || ts.isObjectBindingPattern(at) || ts.isArrayBindingPattern(at)) at = at.parent;
  return at;
}

function declared(owner, node, pattern) {
  if (ts.isParameter(owner)) return ["parameter"];
  if (ts.isVariableDeclaration(owner)) {
    const list = owner.parent;
    if (ts.isCatchClause(list)) return ["assignment"];
    if (ts.isForStatement(list.parent) || ts.isForInStatement(list.parent) || ts.isForOfStatement(list.parent))
      return ["assignment"];
    if (isRequire(owner.initializer) && (!pattern || node.parent.parent.parent === owner))
      return ["import", pattern ? (node.parent.propertyName ? "alias" : "name") : "namespace"];
    if (!pattern && isFunctionValue(owner.initializer)) return ["definition", "function"];
    if (!pattern && owner.initializer && ts.isClassExpression(owner.initializer)) return ["definition", "class"];
    return isTop(owner) ? ["definition", "variable"] : ["assignment"];
  }
  return ["?"];
}

/** Whether an expression stands in the place of a target of `=`, also deep in an object or array that is taken apart. */
function isTarget(node) {
  let at = node;
  for (;;) {
    const up = at.parent;
    if (ts.isParenthesizedExpression(up) || ts.isNonNullExpression(up)) at = up;
    else if (ts.isBinaryExpression(up) && up.left === at && up.operatorToken.kind >= K.FirstAssignment && up.operatorToken.kind <= K.LastAssignment) {
      return true;
    } else if ((ts.isForInStatement(up) || ts.isForOfStatement(up)) && up.initializer === at) return true;
    else if ((ts.isPrefixUnaryExpression(up) || ts.isPostfixUnaryExpression(up)) && (up.operator === K.PlusPlusToken || up.operator === K.MinusMinusToken)) return true;
    else if (ts.isPropertyAssignment(up) && up.initializer === at) at = up.parent;
    else if (ts.isShorthandPropertyAssignment(up) && up.name === at) at = up.parent;
    else if (ts.isSpreadAssignment(up) || ts.isSpreadElement(up)) at = up.parent;
    else if (ts.isArrayLiteralExpression(up)) at = up;
    else return false;
    if (!isPatternLike(at) && !ts.isParenthesizedExpression(at) && !ts.isNonNullExpression(at)) return false;
  }
}
const isPatternLike = (node) => ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node);

/** The node that is called, made or decorated with when this expression is its name; parentheses do not count. */
function outer(node) {
  let at = node;
  while (ts.isParenthesizedExpression(at.parent) || ts.isNonNullExpression(at.parent)) at = at.parent;
  if (at !== node && ts.isNonNullExpression(at)) return at;
  // (0, open)()
  if (ts.isBinaryExpression(at.parent) && at.parent.operatorToken.kind === K.CommaToken && at.parent.right === at) {
    const whole = at.parent.parent;
    if (ts.isParenthesizedExpression(whole) && ts.isCallExpression(whole.parent) && whole.parent.expression === whole)
      return whole;
  }
  return at;
}

function used(node, isMember) {
  const whole = outer(node);
  const up = whole.parent;
  if (ts.isDecorator(up)) return ["decorator"];
  if (ts.isCallExpression(up) && up.expression === whole)
    return ts.isDecorator(up.parent) ? ["decorator"] : isMember ? ["call", "method"] : ["call"];
  if (ts.isTaggedTemplateExpression(up) && up.tag === whole) return isMember ? ["call", "method"] : ["call"];
  if (ts.isNewExpression(up) && up.expression === whole) return ["call", "constructor"];
  if (ts.isExpressionWithTypeArguments(up) && ts.isHeritageClause(up.parent))
    return ["type", up.parent.token === K.ImplementsKeyword ? "implemented" : "base"];
  if (ts.isJsxOpeningElement(up) || ts.isJsxSelfClosingElement(up)) {
    if (up.tagName !== node) return null;
    const called = isMember || !/^[a-z]/.test(node.text);
    return called ? ["call", "element"] : ["reference", "element"];
  }
  if (ts.isJsxClosingElement(up)) return [isMember ? "attribute" : "reference", "element"];
  if (isTarget(node)) {
    if (!isMember) return ["assignment"];
    const isValue = ts.isBinaryExpression(up) && up.left === whole && up.operatorToken.kind === K.EqualsToken && whole === node;
    if (isValue && isFunctionValue(up.right)) {
      const object = node.expression.getText();
      return ["definition", /^(module\.)?exports$/.test(object) && ts.isIdentifier(node.name) ? "function" : "method"];
    }
    if (isValue && ts.isClassExpression(up.right)) return ["definition", "class"];
    return ["assignment", "attribute"];
  }
  return isMember ? ["attribute"] : null;
}

function ofIdentifier(node) {
  const up = node.parent;
  if (node.text === "undefined" && up.name !== node) return ["keyword"];
  switch (up.kind) {
    case K.FunctionDeclaration:
    case K.FunctionExpression:
      return ["definition", "function"];
    case K.ClassDeclaration:
    case K.ClassExpression:
      return ["definition", "class"];
    case K.InterfaceDeclaration:
      return ["definition", "interface"];
    case K.TypeAliasDeclaration:
      return ["definition", "type"];
    case K.EnumDeclaration:
      return ["definition", "enum"];
    case K.EnumMember:
      if (up.name === node) return ["definition", "variant"];
      break;
    case K.ModuleDeclaration:
      return up.flags & ts.NodeFlags.GlobalAugmentation ? ["keyword"] : ["definition", "namespace"];
    case K.MethodDeclaration:
    case K.GetAccessor:
    case K.SetAccessor:
    case K.MethodSignature:
      if (up.name === node) return ["definition", "method"];
      break;
    case K.PropertyDeclaration:
      if (up.name === node) return ["definition", isFunctionValue(up.initializer) ? "method" : "field"];
      break;
    case K.PropertySignature:
      if (up.name === node) return ["definition", "field"];
      break;
    case K.NamedTupleMember:
      if (up.name === node) return ["parameter"];
      break;
    case K.TypeParameter:
      if (up.name === node) return ["parameter", "type"];
      break;
    case K.Parameter:
      if (up.name === node) {
        const words = (up.modifiers || []).filter((each) => each.kind !== K.Decorator);
        return node.text === "this" ? ["keyword"] : words.length ? ["definition", "field"] : ["parameter"];
      }
      break;
    case K.VariableDeclaration:
      if (up.name === node) return declared(up, node, false);
      break;
    case K.BindingElement: {
      if (up.propertyName === node) {
        const owner = ownerOfPattern(up);
        if (ts.isVariableDeclaration(owner) && isRequire(owner.initializer) && up.parent.parent === owner) return ["import", "name"];
        return ["attribute", "pattern"];
      }
      if (up.name === node) return declared(ownerOfPattern(up), node, true);
      break;
    }
    case K.ImportClause:
      return ["import", "default"];
    case K.NamespaceImport:
    case K.NamespaceExport:
      return ["import", "namespace"];
    case K.ImportSpecifier:
      return ["import", up.propertyName && up.name === node ? "alias" : "name"];
    case K.ExportSpecifier: {
      const alias = up.propertyName && up.name === node;
      if (up.parent.parent.moduleSpecifier) return ["import", alias ? "alias" : "name"];
      return alias ? ["definition", "export"] : ["reference", "export"];
    }
    case K.ImportEqualsDeclaration:
      return ["import"];
    case K.QualifiedName: {
      let at = up;
      while (ts.isQualifiedName(at.parent)) at = at.parent;
      if (ts.isImportEqualsDeclaration(at.parent)) return ["import"];
      if (ts.isImportTypeNode(at.parent)) return [!at.parent.isTypeOf && up === at && up.right === node ? "type" : "attribute"];
      if (ts.isTypeQueryNode(at.parent)) return up.right === node ? ["attribute"] : ["reference"];
      if (up.right !== node) return ["reference"];
      return at === up ? [ "type" ] : ["attribute"];
    }
    case K.TypeReference:
    case K.TypePredicate:
      return up.kind === K.TypePredicate ? ["reference"] : node.text === "const" ? ["keyword"] : ["type"];
    case K.ImportType:
      return [up.isTypeOf ? "attribute" : "type"];
    case K.TypeQuery:
      return ["reference"];
    case K.PropertyAccessExpression:
      if (up.name === node) return used(up, true);
      break;
    case K.MetaProperty:
      return ["keyword"];
    case K.PropertyAssignment:
      if (up.name === node) {
        if (isTarget(up.initializer) || (ts.isBinaryExpression(up.initializer) && isTarget(up.initializer.left) && isTargetObject(up.parent)))
          if (isTargetObject(up.parent)) return ["attribute", "pattern"];
        return isFunctionValue(up.initializer) ? ["definition", "method"] : ["attribute", "initializer"];
      }
      break;
    case K.ShorthandPropertyAssignment:
      if (up.name === node) return isTarget(node) ? ["assignment"] : ["reference", "initializer"];
      break;
    case K.LabeledStatement:
    case K.BreakStatement:
    case K.ContinueStatement:
      return up.label === node ? ["reference", "label"] : ["reference"];
    case K.JsxAttribute:
      return ["attribute", "jsx"];
    case K.JsxNamespacedName:
      return ts.isJsxAttribute(up.parent) ? ["attribute", "jsx"] : ["reference", "element"];
    case K.ImportAttribute:
      return ["attribute"];
    case K.BinaryExpression:
      if (node.kind === K.PrivateIdentifier) return ["attribute"];
      break;
  }
  return used(node, false) || ["reference"];
}

function isTargetObject(object) {
  return isTarget(object);
}

function ofString(node) {
  const up = node.parent;
  if ((ts.isImportDeclaration(up) || ts.isExportDeclaration(up)) && up.moduleSpecifier === node) return ["import", "module"];
  if (ts.isLiteralTypeNode(up) && ts.isImportTypeNode(up.parent) && up.parent.argument === up) return ["import", "module"];
  if (ts.isExternalModuleReference(up)) return ["import", "module"];
  if (ts.isCallExpression(up) && up.arguments[0] === node)
    if (isRequire(up) || up.expression.kind === K.ImportKeyword) return ["import", "module"];
  return ["string"];
}

function spansOf(source) {
  const spans = [];
  const stack = [source];
  while (stack.length) {
    const node = stack.pop();
    const kind = node.kind;
    if (kind >= K.FirstJSDocNode && kind <= K.LastJSDocNode) continue;
    const start = node.getStart(source, false), end = node.getEnd();
    let said = null;
    if (kind === K.Identifier || kind === K.PrivateIdentifier) said = ofIdentifier(node);
    else if (kind === K.StringLiteral) said = ofString(node);
    else if (kind === K.ThisKeyword || kind === K.ThisType) said = ["keyword"];
    else if (kind === K.ConstructorKeyword) said = ["definition", "method"];
    else if (kind === K.BigIntKeyword) said = ["type"]; // to the grammar it is a name
    else if (kind === K.SuperKeyword) said = ts.isCallExpression(node.parent) ? ["call"] : ["keyword"];
    else if (kind === K.JsxText) said = ["string"];
    else if (kind >= K.FirstLiteralToken && kind <= K.LastTemplateToken) said = ["string"];
    else if (ts.isTokenKind(kind)) said = kind === K.EndOfFileToken ? null : ["keyword"];
    if (said) {
      spans.push([start, end, said[0], said[1] || ""]);
      continue;
    }
    const children = node.getChildren(source);
    for (let at = children.length - 1; at >= 0; at--) stack.push(children[at]);
  }
  return spans;
}

const KINDS = { ".tsx": ts.ScriptKind.TSX, ".ts": ts.ScriptKind.TS, ".mts": ts.ScriptKind.TS, ".cts": ts.ScriptKind.TS };
for (const path of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const extension = path.slice(path.lastIndexOf("."));
  const text = fs.readFileSync(path, "utf8");
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, KINDS[extension] || ts.ScriptKind.JSX);
  let line;
  if (source.parseDiagnostics.length) line = { path, error: ts.flattenDiagnosticMessageText(source.parseDiagnostics[0].messageText, " ") };
  else line = { path, spans: spansOf(source) };
  fs.writeSync(1, JSON.stringify(line) + "\n");
}
