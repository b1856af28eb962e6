import h5py, numpy as np, sys, os
out=sys.argv[1]
os.makedirs(out,exist_ok=True)
def ramp(shape, dt='f4'):
    return (np.arange(int(np.prod(shape))).reshape(shape)*0.25-3).astype(dt)
def layers(f):
    names=[]
    for i in range(3):
        g=f.create_group(f'model_weights/dense_{i}')
        d=g.create_dataset(f'dense_{i}/kernel:0',data=ramp((3,4))+i)
        b=g.create_dataset(f'dense_{i}/bias:0',data=ramp((4,)))
        g.attrs['weight_names']=np.array([f'dense_{i}/kernel:0'.encode(),f'dense_{i}/bias:0'.encode()])
        names.append(f'dense_{i}'.encode())
    f['model_weights'].attrs['layer_names']=np.array(names)
    f.attrs['model_config']='{"class_name":"Sequential","config":[]}'
    f.attrs['keras_version']=b'2.12.0'
    f.attrs['fixed']=np.array([b'ab',b'abcd',b''],dtype='S5')
    f.attrs.create('texts',['a','bcd','',u'\u00e9'*50],dtype=h5py.string_dtype())
    f.attrs['none']=np.array([])
    f.attrs['null']=h5py.Empty('f4')
def chunks(f):
    c=f.create_group('chunks')
    a=ramp((11,13))
    c.create_dataset('plain',data=a,chunks=(4,5))
    c.create_dataset('deflate',data=a,chunks=(4,5),compression='gzip')
    c.create_dataset('shuffle_deflate_fletcher',data=a,chunks=(4,5),compression='gzip',shuffle=True,fletcher32=True)
    c.create_dataset('fletcher',data=a.astype('f8'),chunks=(4,5),fletcher32=True)
    c.create_dataset('single',data=a,chunks=(11,13))
    c.create_dataset('single_deflate',data=a,chunks=(11,13),compression='gzip')
    c.create_dataset('grows',data=a,chunks=(2,5),maxshape=(None,13))
    c.create_dataset('grows_second',data=a,chunks=(4,2),maxshape=(20,None),compression='gzip')
    c.create_dataset('grows_both',data=a,chunks=(3,4),maxshape=(None,None))
    c.create_dataset('grows_both_deflate',data=a,chunks=(3,4),maxshape=(None,None),compression='gzip')
    c.create_dataset('bounded',data=a,chunks=(4,5),maxshape=(30,40))
    h=c.create_dataset('holes',shape=(11,13),dtype='f4',chunks=(4,5),fillvalue=7.5); h[4:6,5:7]=1
    c.create_dataset('unwritten',shape=(4,3),dtype='f4',fillvalue=2.5)
    c.create_dataset('unwritten_chunks',shape=(4,3),dtype='f4',chunks=(2,2),fillvalue=-1)
def many(f):
    c=f.create_group('many')
    c.create_dataset('fixed_array_paged',data=np.arange(1100).astype('i1'),chunks=(1,))
    c.create_dataset('grows',data=np.arange(300).astype('i1'),chunks=(1,),maxshape=(None,))
def types(f):
    t=f.create_group('types')
    for d in ['<f2','>f2','<f4','>f4','<f8','>f8','i1','u1','<i2','>i2','<u4','>i4','<i8','>u8']:
        t.create_dataset(d.replace('<','le_').replace('>','be_'),data=np.abs(ramp((2,3))).astype(d) if 'u' in d else ramp((2,3)).astype(d))
    t.create_dataset('scalar',data=np.float32(1.5)); t.create_dataset('empty',data=np.zeros((0,3),'f4'))
    t.create_dataset('null',data=h5py.Empty('f4'))
    named=np.dtype('f4'); f['named_type']=named
    t.create_dataset('named',data=ramp((2,2)),dtype=f['named_type'])
    s=h5py.h5s.create_simple((2,3)); p=h5py.h5p.create(h5py.h5p.DATASET_CREATE); p.set_layout(h5py.h5d.COMPACT)
    h5py.h5d.create(t.id,b'compact',h5py.h5t.IEEE_F32LE,s,p).write(h5py.h5s.ALL,h5py.h5s.ALL,ramp((2,3)))
def groups(f,n):
    g=f.create_group('wide')
    for i in range(n): g.create_dataset(f'entry_{i:03}',data=np.float32(i))
    for i in range(n): g.attrs[f'weight_names{i}']=np.array([f'name{i}'.encode()])
    f.attrs['long']=b'x'*3000
def refused(f):
    f.create_dataset('lzf',data=ramp((8,8)),chunks=(4,4),compression='lzf')
    f.create_dataset('scale_offset',data=np.arange(64).reshape(8,8),chunks=(4,4),scaleoffset=0)
    f['soft']=h5py.SoftLink('/lzf'); f['external']=h5py.ExternalLink('other.h5','/x')
    f.create_dataset('complex',data=np.zeros(3,'c8')); f.create_dataset('bool',data=np.array([True,False]))
    bf=h5py.h5t.IEEE_F32LE.copy(); bf.set_fields(15,7,8,0,7); bf.set_size(2); bf.set_ebias(127)
    h5py.h5d.create(f.id,b'bfloat16',bf,h5py.h5s.create_simple((4,)))
def write(name,what,**k):
    with h5py.File(os.path.join(out,name),'w',**k) as f: what(f)
def heap(f):
    f.attrs['large']=np.frombuffer(b'y'*5000,dtype='S5000')[0]
    for i in range(12): f.attrs[f'small{i}']=f'value {i}'
for v,k in (('v0',{}),('latest',dict(libver='latest'))):
    write(f'layers-{v}.h5',layers,**k)
    write(f'types-{v}.h5',types,**k)
    write(f'groups-{v}.h5',lambda f: groups(f,24),**k)
def only(names):
    def one(f):
        class G:
            def __init__(s,g): s.g=g
            def create_dataset(s,n,**k):
                if n in names: return s.g.create_dataset(n,**k)
                return np.zeros((11,13))
        class F:
            def create_group(s,n): return G(f.create_group(n))
        chunks(F())
    return one
first=['plain','deflate','shuffle_deflate_fletcher','fletcher','single','single_deflate','unwritten','unwritten_chunks','holes']
write('chunks-latest.h5',only(first),libver='latest')
write('chunks-growing-latest.h5',only(['grows','grows_second','grows_both','grows_both_deflate','bounded']),libver='latest')
write('chunks-v0.h5',only(['plain','shuffle_deflate_fletcher','holes','grows_both_deflate','unwritten_chunks']))
write('chunks-more-v0.h5',only(['fletcher','deflate','single','bounded','unwritten']))
write('many-latest.h5',many,libver='latest')
def tree_latest(f): f.create_dataset('many/tree',data=np.arange(352).reshape(22,16).astype('i2'),chunks=(2,2),maxshape=(None,None))
write('many-tree-latest.h5',tree_latest,libver='latest')
def tree(f): f.create_dataset('many/tree',data=np.arange(280).reshape(20,14).astype('i2'),chunks=(2,2))
write('many-v0.h5',tree)
write('userblock-v0.h5',layers,userblock_size=512); write('userblock-latest.h5',layers,userblock_size=1024,libver='latest')
write('refused.h5',refused)
write('tracked-latest.h5',lambda f: groups(f,12),libver='latest',track_order=True)
write('heap-latest.h5',heap,libver='latest')
import json, glob
def value(v):
    if isinstance(v,h5py.Empty): return []
    a=np.asarray(v)
    if a.dtype.kind in 'SOU': return [x.decode() if isinstance(x,bytes) else x for x in a.reshape(-1).tolist()]
    return [float(np.float32(x)) for x in a.reshape(-1)]
expected={}
for p in sorted(glob.glob(out+'/*.h5')):
    if p.endswith('refused.h5'): continue
    e={'datasets':{},'attributes':{}}
    with h5py.File(p) as f:
        def visit(n,o):
            if isinstance(o,h5py.Dataset): e['datasets'][n]={'shape':list(o.shape or []),'values':value(o[()])}
            for k in o.attrs: e['attributes'][n+'|'+k]=value(o.attrs[k])
        visit('',f); f.visititems(visit)
    expected[os.path.basename(p)]=e
json.dump(expected,open(out+'/expected.json','w'),separators=(',',':'))
