// What golang.org/x/mod's sumdb/tlog and note say of our receipts, tiles and paths.
//
//	oracle receipt POLICY RECEIPT
//	oracle tiles DIR INDEX SIZE POLICY [OLD]
//	oracle inclusion LEAF INDEX SIZE ROOT [HASH...]
//	oracle consistency OLD OLD_ROOT NEW NEW_ROOT [HASH...]
//	oracle batch
//
// It prints one object of JSON and exits 0 if it holds, 1 if not. With batch it reads commands, one
// JSON list of words a line, and prints a line for each.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

type answer map[string]any

func main() {
	if len(os.Args) == 2 && os.Args[1] == "batch" {
		in, out := bufio.NewReader(os.Stdin), json.NewEncoder(os.Stdout)
		for line, err := in.ReadBytes('\n'); err == nil; line, err = in.ReadBytes('\n') {
			var words []string
			if json.Unmarshal(line, &words) != nil {
				os.Exit(70)
			}
			out.Encode(answered(words))
		}
		return
	}
	found := answered(os.Args[1:])
	json.NewEncoder(os.Stdout).Encode(found)
	if found["holds"] == false {
		os.Exit(1)
	}
}

func answered(words []string) answer {
	found, err := run(words)
	if err != nil {
		return answer{"holds": false, "error": err.Error()}
	}
	if found == nil {
		found = answer{}
	}
	found["holds"] = true
	return found
}

func run(words []string) (answer, error) {
	switch {
	case len(words) == 3 && words[0] == "receipt":
		return checkReceipt(words[1], words[2])
	case len(words) >= 5 && words[0] == "tiles":
		return checkTiles(words[1], words[4], numbers(words[2], words[3]), words[5:])
	case len(words) >= 5 && words[0] == "inclusion":
		n := numbers(words[2], words[3])
		path := hashes(words[5:])
		return nil, tlog.CheckRecord(path, n[1], hashes(words[4:5])[0], n[0], hashes(words[1:2])[0])
	case len(words) >= 5 && words[0] == "consistency":
		n, roots := numbers(words[1], words[3]), hashes([]string{words[2], words[4]})
		return nil, tlog.CheckTree(hashes(words[5:]), n[1], roots[1], n[0], roots[0])
	}
	return nil, fmt.Errorf("no such command: %q", words)
}

func checkReceipt(policyFile, receiptFile string) (answer, error) {
	content, err := os.ReadFile(receiptFile)
	if err != nil {
		return nil, err
	}
	head, checkpoint, _ := strings.Cut(string(content), "\n\n")
	lines := strings.Split(head, "\n")
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" ||
		!strings.HasPrefix(lines[1], "extra ") || !strings.HasPrefix(lines[2], "index ") {
		return nil, errors.New("not a tlog-proof with an extra line")
	}
	commitment, err := base64.StdEncoding.Strict().DecodeString(lines[1][len("extra "):])
	if err != nil || len(commitment) != 32 {
		return nil, errors.New("extra is not a commitment")
	}
	index, err := strconv.ParseInt(lines[2][len("index "):], 10, 64)
	if err != nil {
		return nil, err
	}
	var path tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		path = append(path, hash)
	}
	opened, err := openCheckpoint(policyFile, []byte(checkpoint))
	if err != nil {
		return nil, err
	}
	leaf := tlog.RecordHash([]byte("answerable/v1\n" + string(commitment)))
	if err := tlog.CheckRecord(path, opened.size, opened.root, index, leaf); err != nil {
		return nil, err
	}
	return answer{"origin": opened.origin, "index": index, "size": opened.size,
		"commitment": hex.EncodeToString(commitment), "times": opened.times}, nil
}

// Every hash comes through TileHashReader, which believes a tile only when it leads to the root.
func checkTiles(dir, policyFile string, at []int64, old []string) (answer, error) {
	index, size := at[0], at[1]
	content, err := os.ReadFile(dir + "/checkpoint")
	if err != nil {
		return nil, err
	}
	opened, err := openCheckpoint(policyFile, content)
	if err != nil {
		return nil, err
	}
	if opened.size != size {
		return nil, fmt.Errorf("the checkpoint is of size %d", opened.size)
	}
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: opened.root}, &folder{dir: dir})
	root, err := tlog.TreeHash(size, reader)
	if err != nil {
		return nil, err
	}
	if root != opened.root {
		return nil, errors.New("the tiles lead to another root")
	}
	leaves, err := checkBundles(dir, size, reader)
	if err != nil {
		return nil, err
	}
	path, err := tlog.ProveRecord(size, index, reader)
	if err == nil {
		err = tlog.CheckRecord(path, size, root, index, leaves[index])
	}
	if err != nil {
		return nil, err
	}
	found := answer{"origin": opened.origin, "entries": len(leaves), "path": texts(path)}
	for _, before := range numbers(old...) {
		oldRoot, err := tlog.TreeHash(before, reader)
		if err != nil {
			return nil, err
		}
		proof, err := tlog.ProveTree(size, before, reader)
		if err == nil {
			err = tlog.CheckTree(proof, size, root, before, oldRoot)
		}
		if err != nil {
			return nil, err
		}
		found["consistency"], found["old_root"] = texts(proof), hex.EncodeToString(oldRoot[:])
	}
	return found, nil
}

func checkBundles(dir string, size int64, reader tlog.HashReader) ([]tlog.Hash, error) {
	var leaves []tlog.Hash
	for n := int64(0); n < size; n += 256 {
		tile := tlog.Tile{H: 8, L: -1, N: n / 256, W: 256}
		if size-n < 256 {
			tile.W = int(size - n)
		}
		content, err := os.ReadFile(dir + "/" + c2spPath(tile))
		if err != nil {
			return nil, err
		}
		var indexes []int64
		for len(content) > 0 {
			if len(content) < 48 || content[0] != 0 || content[1] != 46 ||
				!bytes.HasPrefix(content[2:], []byte("answerable/v1\n")) {
				return nil, errors.New("not an entry of 46 bytes: " + c2spPath(tile))
			}
			indexes = append(indexes, tlog.StoredHashIndex(0, n+int64(len(indexes))))
			leaves = append(leaves, tlog.RecordHash(content[2:48]))
			content = content[48:]
		}
		if len(indexes) != tile.W {
			return nil, errors.New("not as many entries as its name says: " + c2spPath(tile))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return nil, err
		}
		for i, hash := range hashes {
			if hash != leaves[n+int64(i)] {
				return nil, fmt.Errorf("entry %d is not that of its tile", n+int64(i))
			}
		}
	}
	return leaves, nil
}

// A folder of C2SP tlog-tiles: as the tiles of Go's sumdb, without the height in the path.
type folder struct{ dir string }

func (f *folder) Height() int                         { return 8 }
func (f *folder) SaveTiles(_ []tlog.Tile, _ [][]byte) {}

func (f *folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var contents [][]byte
	for _, tile := range tiles {
		content, err := os.ReadFile(f.dir + "/" + c2spPath(tile))
		if err != nil {
			return nil, err
		}
		if len(content) != tile.W*tlog.HashSize {
			return nil, errors.New("not as long as its name says: " + c2spPath(tile))
		}
		contents = append(contents, content)
	}
	return contents, nil
}

func c2spPath(tile tlog.Tile) string {
	path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
	return strings.Replace(path, "tile/data/", "tile/entries/", 1)
}

func numbers(texts ...string) []int64 {
	var found []int64
	for _, text := range texts {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			n = -1
		}
		found = append(found, n)
	}
	return found
}

func hashes(texts []string) []tlog.Hash {
	found := []tlog.Hash{}
	for _, text := range texts {
		var hash tlog.Hash
		hex.Decode(hash[:], []byte(text))
		found = append(found, hash)
	}
	return found
}

func texts(hashes []tlog.Hash) []string {
	found := []string{}
	for _, hash := range hashes {
		found = append(found, hex.EncodeToString(hash[:]))
	}
	return found
}
